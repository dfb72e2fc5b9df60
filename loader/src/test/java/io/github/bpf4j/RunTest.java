package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs run on given frames, without a hook. */
@KernelTest
final class RunTest {
  private static final int XDP_DROP = 1;
  private static final int XDP_PASS = 2;
  private static final int XDP_TX = 3;
  private static final int UDP = 17;

  /** Where {@code mark} stands in {@code struct __sk_buff}. */
  private static final int MARK = 8;

  @Test
  void theVerdictIsTheProgramsReturnValue() {
    assertEquals(XDP_PASS, run("xdp1_kern", "xdp_prog1", Frames.ipv4(UDP)).verdict());
    assertEquals(XDP_DROP, run("xdp1_drop_kern", "xdp_prog1", Frames.ipv4(UDP)).verdict());
  }

  @Test
  void aFrameThatIsLeftAloneComesOutAsItWentIn() {
    byte[] frame = Frames.tagged(Frames.ipv6(UDP));
    assertArrayEquals(frame, run("xdp1_kern", "xdp_prog1", frame).data());
  }

  @Test
  void aFrameThatGrowsComesOutLonger() {
    byte[] frame = Frames.arp();
    RunResult result = run("test_run", "grow", frame);
    assertEquals(XDP_TX, result.verdict());
    byte[] expected = new byte[frame.length + 8];
    Arrays.fill(expected, 0, 8, (byte) 0xaa);
    System.arraycopy(frame, 0, expected, 8, frame.length);
    assertArrayEquals(expected, result.data());
  }

  @Test
  void aFrameThatShrinksComesOutShorter() {
    byte[] frame = Frames.ipv4(UDP);
    RunResult result = run("test_run", "shrink", frame);
    assertEquals(XDP_TX, result.verdict());
    assertArrayEquals(Arrays.copyOf(frame, 14), result.data());
  }

  @Test
  void inputAndOutputAreCopies() {
    byte[] frame = Frames.arp();
    RunInput input = RunInput.packet(frame);
    frame[0] = 99;
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      RunResult result = object.program("xdp_prog1").run(input);
      assertArrayEquals(Frames.arp(), result.data());
      assertNotSame(result.data(), result.data());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  void eachRepetitionRuns(int times) {
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      RunInput input = RunInput.packet(Frames.ipv4(UDP)).repeat(times);
      assertEquals(XDP_PASS, object.program("xdp_prog1").run(input).verdict());
      assertEquals(times, counted(object)[UDP]);
    }
  }

  @Test
  void inputsAreNotChangedByWhatIsDerivedFromThem() {
    RunInput once = RunInput.packet(Frames.ipv4(UDP));
    RunInput often = once.repeat(7);
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfProgram program = object.program("xdp_prog1");
      program.run(once);
      program.run(often);
      program.run(once);
      assertEquals(9, counted(object)[UDP]);
    }
  }

  @Test
  void theDurationIsTheMeanOfOneRun() {
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      RunInput input = RunInput.packet(Frames.ipv4(UDP)).repeat(100_000);
      Duration one = object.program("xdp_prog1").run(input).duration();
      assertTrue(one.compareTo(Duration.ZERO) > 0, one.toString());
      assertTrue(one.compareTo(Duration.ofMillis(1)) < 0, one.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13})
  void aFrameShorterThanAnEthernetHeaderIsRefusedByTheKernel(int length) {
    BpfException refused =
        assertThrows(
            BpfException.class, () -> run("xdp1_kern", "xdp_prog1", new byte[length]), "no error");
    assertEquals("run", refused.operation());
    assertEquals("program xdp_prog1", refused.subject());
    assertEquals(Errno.EINVAL, refused.errno().orElseThrow());
  }

  @Test
  void theSmallestFrameRuns() {
    assertEquals(XDP_PASS, run("xdp1_kern", "xdp_prog1", new byte[14]).verdict());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aRepetitionBelowOneIsRefused(int times) {
    RunInput input = RunInput.packet(Frames.arp());
    assertThrows(IllegalArgumentException.class, () -> input.repeat(times));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp_device", "tc_device"})
  void theContextNamesTheDevice(String program) throws Exception {
    if (program.equals("xdp_device")) {
      KernelFeature.XDP_RUN_CONTEXT.assume();
    }
    try (TestNetwork network = new TestNetwork();
        BpfObject object = TestObjects.load("test_run")) {
      network.run(
          () -> {
            RunInput input = RunInput.packet(Frames.arp());
            for (String name : new String[] {"left", "right"}) {
              NetworkDevice device = NetworkDevice.of(name);
              int verdict = object.program(program).run(input.on(device)).verdict();
              assertEquals(device.index(), verdict, name);
            }
            int loopback = NetworkDevice.of("lo").index();
            assertEquals(loopback, object.program(program).run(input).verdict(), "by default");
          });
    }
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject object = TestObjects.load("test_run")) {
      network.run(
          () -> {
            RunInput input = RunInput.packet(Frames.arp()).on(new NetworkDevice("gone", 9999));
            assertThrows(BpfException.class, () -> object.program("xdp_device").run(input));
            assertThrows(BpfException.class, () -> object.program("tc_device").run(input));
          });
    }
  }

  @Test
  void theContextComesOutAsTheProgramLeftIt() {
    try (BpfObject object = TestObjects.load("test_run")) {
      byte[] skb = new byte[192];
      ByteBuffer fields = ByteBuffer.wrap(skb).order(ByteOrder.nativeOrder());
      fields.putInt(MARK, 41);
      RunInput input = RunInput.packet(Frames.arp()).withContext(skb);
      RunResult result = object.program("mark").run(input);
      assertEquals(42, result.verdict());
      assertEquals(42, ByteBuffer.wrap(result.context()).order(fields.order()).getInt(MARK));
      assertEquals(41, fields.getInt(MARK), "the input is a copy");
      assertArrayEquals(new byte[0], object.program("mark").run(packet()).context());
    }
  }

  @Test
  @Requires(KernelFeature.SYSCALL_PROGRAMS)
  void aSyscallProgramAnswersInItsArgument() {
    try (BpfObject object = TestObjects.load("test_run_syscall")) {
      ByteBuffer sum = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
      sum.putInt(-1).putInt(2);
      RunResult result = object.program("add").run(RunInput.context(sum.array()));
      assertEquals(5, result.verdict());
      assertEquals(0x1_0000_0001L, ByteBuffer.wrap(result.context()).order(sum.order()).getLong(8));
      assertEquals(0, sum.getLong(8), "the input is a copy");
    }
  }

  @Test
  void aRawTracepointGetsItsArgumentsOnTheCpuThatWasAskedFor() {
    try (BpfObject object = TestObjects.load("test_run")) {
      BpfProgram program = object.program("arguments");
      ByteBuffer two = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
      assertEquals(
          77, program.run(RunInput.context(two.putLong(0, 1).putLong(8, 77).array())).verdict());
      for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
        assertEquals(cpu, program.run(RunInput.context(new byte[16]).onCpu(cpu)).verdict());
      }
      RunInput nowhere = RunInput.context(new byte[16]).onCpu(100_000);
      assertThrows(BpfException.class, () -> program.run(nowhere));
    }
  }

  @Test
  @Requires(KernelFeature.XDP_LIVE_FRAMES)
  void liveFramesReachTheNetworkStack() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject object = TestObjects.load("test_run");
        BpfObject counting = TestObjects.load("tc")) {
      network.run(
          () -> {
            NetworkDevice left = NetworkDevice.of("left");
            TcAttachPoint ingress = TcAttachPoint.ingress("left");
            try (BpfLink _ = counting.program("first").attach(ingress)) {
              RunInput input = RunInput.packet(Frames.ipv4(UDP)).on(left).liveFrames(8).repeat(20);
              RunResult result = object.program("pass").run(input);
              assertArrayEquals(new byte[0], result.data());
              assertArrayEquals(new byte[0], result.context());
              List<Long> seen = new Trail(counting).values(1);
              assertEquals(20, seen.stream().filter(index -> index == left.index()).count());
            }
          });
    }
  }

  @Test
  void whatTheKernelCannotDoIsRefused() {
    try (BpfObject object = TestObjects.load("test_run")) {
      RunInput live = packet().liveFrames();
      assertThrows(BpfException.class, () -> object.program("mark").run(live), "no XDP");
      RunInput many = packet().liveFrames(257);
      assertThrows(BpfException.class, () -> object.program("pass").run(many));
      assertThrows(IllegalArgumentException.class, () -> packet().liveFrames(-1));
      RunInput often = RunInput.context(new byte[16]).repeat(2);
      assertThrows(BpfException.class, () -> object.program("arguments").run(often));
    }
  }

  private static RunInput packet() {
    return RunInput.packet(Frames.arp());
  }

  private static RunResult run(String object, String program, byte[] frame) {
    try (BpfObject loaded = TestObjects.load(object)) {
      return loaded.program(program).run(RunInput.packet(frame));
    }
  }

  private static long[] counted(BpfObject object) {
    long[] sums = new long[256];
    object.map("rxcnt").counters().read(sums);
    return sums;
  }
}
