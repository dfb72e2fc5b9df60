package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a file that the user names holds, or one sentence on why it cannot be read. */
final class FileBytes {
  private FileBytes() {}

  /**
   * Reads it.
   *
   * @param operation a verb, for the error
   * @param subject what the file is, for the error
   * @param largest how many bytes are believed
   * @throws BpfException when it cannot be read, or has more
   */
  static byte[] read(String operation, String subject, Path file, int largest) {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(largest + 1);
    } catch (NoSuchFileException e) {
      throw failed(operation, subject, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw failed(operation, subject, "permission to read it is denied", e);
    } catch (IOException e) {
      throw failed(operation, subject, "it cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length > largest) {
      throw failed(operation, subject, "it has more than " + largest + " bytes", null);
    }
    return bytes;
  }

  private static BpfException failed(
      String operation, String subject, String reason, @Nullable IOException cause) {
    BpfException exception = new BpfException(Failure.of(operation, subject, reason));
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }
}
