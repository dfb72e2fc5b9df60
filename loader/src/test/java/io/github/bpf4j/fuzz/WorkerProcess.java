package io.github.bpf4j.fuzz;

import io.github.bpf4j.testing.ChildJvm;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that opens and loads objects, started anew after it died. */
final class WorkerProcess implements AutoCloseable {
  static final char CRASHED = 'C';
  static final char HUNG = 'H';

  /** What an object wants pinned goes into a file system that ends with the process. */
  private static final List<String> OWN_PINS =
      List.of(
          "unshare",
          "--mount",
          "sh",
          "-c",
          "mount -t bpf bpf /sys/fs/bpf && exec \"$@\"",
          "worker");

  private final List<String> command = new ArrayList<>(OWN_PINS);
  private final byte[] good;
  private final Duration perObject;
  private final Path errors;
  private Process process;
  private DataOutputStream objects;
  private InputStream results;

  /**
   * Starts a worker.
   *
   * @param main speaks as {@link FuzzWorker} does
   * @param good an object to get warm with, after which no more classes and files are opened
   * @param errors gets what the worker says before it dies
   */
  WorkerProcess(Class<?> main, List<String> options, byte[] good, Duration perObject, Path errors)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"));
    command.addAll(ChildJvm.command(main, all));
    this.good = good.clone();
    this.perObject = perObject;
    this.errors = errors;
    start();
  }

  /** What became of an object: an answer of the worker, {@link #CRASHED} or {@link #HUNG}. */
  char tryOut(byte[] object) throws IOException, InterruptedException {
    char answer = ask(object);
    if (answer == CRASHED || answer == HUNG) {
      close();
      start();
    }
    return answer;
  }

  private char ask(byte[] object) throws InterruptedException {
    try {
      objects.writeInt(object.length);
      objects.write(object);
      objects.flush();
    } catch (IOException e) {
      return CRASHED;
    }
    return answer();
  }

  private char answer() throws InterruptedException {
    CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(this::read);
    try {
      int letter = answer.get(perObject.toMillis(), TimeUnit.MILLISECONDS);
      return letter < 0 ? CRASHED : (char) letter;
    } catch (TimeoutException e) {
      return HUNG;
    } catch (ExecutionException e) {
      return CRASHED;
    }
  }

  private int read() {
    try {
      return results.read();
    } catch (IOException e) {
      return -1;
    }
  }

  private void start() throws IOException, InterruptedException {
    process = new ProcessBuilder(command).redirectError(Redirect.appendTo(errors.toFile())).start();
    objects = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    results = process.getInputStream();
    if (results.read() != FuzzWorker.READY || ask(good) == CRASHED) {
      throw new IOException("the worker does not start, see " + errors + ": " + command);
    }
  }

  /** Waits for the end, so that what the process held is free. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    results.close();
    try {
      objects.close();
    } catch (IOException e) {
      // It was not there to read the rest.
    }
  }
}
