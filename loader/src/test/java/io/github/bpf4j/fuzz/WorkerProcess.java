package io.github.bpf4j.fuzz;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that opens and loads objects, started anew after it died. */
final class WorkerProcess implements AutoCloseable {
  static final char CRASHED = 'C';
  static final char HUNG = 'H';

  private final List<String> command;
  private final long secondsPerObject;
  private Process process;
  private DataOutputStream objects;
  private InputStream results;

  WorkerProcess(List<String> command, long secondsPerObject) throws IOException {
    this.command = command;
    this.secondsPerObject = secondsPerObject;
    start();
  }

  /** What became of an object: an answer of the worker, {@link #CRASHED} or {@link #HUNG}. */
  char tryOut(byte[] object) throws IOException, InterruptedException {
    try {
      objects.writeInt(object.length);
      objects.write(object);
      objects.flush();
    } catch (IOException e) {
      return replace(CRASHED);
    }
    int answer = answer();
    if (answer == HUNG) {
      return replace(HUNG);
    }
    return answer < 0 ? replace(CRASHED) : (char) answer;
  }

  private int answer() throws InterruptedException {
    CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(this::read);
    try {
      return answer.get(secondsPerObject, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return HUNG;
    } catch (ExecutionException e) {
      return -1;
    }
  }

  private int read() {
    try {
      return results.read();
    } catch (IOException e) {
      return -1;
    }
  }

  private char replace(char why) throws IOException, InterruptedException {
    close();
    start();
    return why;
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(
                    new File(System.getProperty("fuzz.stderr", "/dev/null"))));
    process = builder.start();
    objects = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    results = process.getInputStream();
    if (results.read() != FuzzWorker.READY) {
      throw new IOException("the worker does not start: " + String.join(" ", command));
    }
  }

  /** Waits for the end, so that what the process held is free. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    results.close();
    try {
      objects.close();
    } catch (IOException e) {
      // It was not there to read the rest.
    }
  }
}
