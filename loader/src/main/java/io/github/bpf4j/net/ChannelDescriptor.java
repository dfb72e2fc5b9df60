package io.github.bpf4j.net;

import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/** The file descriptor of a channel, which the JDK tells only those whom the user lets ask. */
public final class ChannelDescriptor {
  private static final String PACKAGE = "sun.nio.ch";

  private ChannelDescriptor() {}

  /**
   * The descriptor; the channel's, to be used while it is open.
   *
   * @throws BpfUnsupportedException without {@code --add-exports=java.base/sun.nio.ch=…}, which it
   *     names, and for channels that are no {@code SelectableChannel}
   */
  public static int of(NetworkChannel channel) {
    try {
      Class<?> type = Class.forName(PACKAGE + ".SelChImpl");
      if (!type.isInstance(channel)) {
        throw unsupported(channel, "only selectable channels have one that can be told");
      }
      return (int) type.getMethod("getFDVal").invoke(channel);
    } catch (IllegalAccessException e) {
      throw unsupported(
          channel,
          "the JDK keeps it to itself; run java with --add-exports=java.base/"
              + PACKAGE
              + "="
              + module());
    } catch (ClassNotFoundException | NoSuchMethodException | InvocationTargetException e) {
      throw unsupported(channel, "this JDK does not tell: " + e);
    }
  }

  private static String module() {
    @Nullable String name = ChannelDescriptor.class.getModule().getName();
    return name == null ? "ALL-UNNAMED" : name;
  }

  private static BpfUnsupportedException unsupported(NetworkChannel channel, String reason) {
    return new BpfUnsupportedException(
        Failure.of("find", "the file descriptor of " + channel, reason));
  }
}
