import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes a jar anew with its oldest classes as of Java 8. A JVM keeps no class of before Java 6 in
 * its AOT cache, since the verifier of these has to see them at each start; what they lack are the
 * stack maps, which are made here. picocli is compiled for Java 5.
 *
 * <pre>
 *   java Modernize.java FROM.jar TO.jar
 * </pre>
 */
final class Modernize {
  /** The first version whose methods have stack maps. */
  private static final int MAPPED = ClassFile.JAVA_6_VERSION;

  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Map<String, byte[]> files = new TreeMap<>();
  private final ClassFile classFile =
      ClassFile.of(
          StackMapsOption.GENERATE_STACK_MAPS,
          ConstantPoolSharingOption.NEW_POOL,
          ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(this::classBytes)
                  .orElse(ClassHierarchyResolver.defaultResolver())
                  .cached()));

  private Modernize() {}

  public static void main(String[] args) throws IOException {
    Modernize jar = new Modernize();
    jar.read(Path.of(args[0]));
    jar.files.replaceAll(jar::modern);
    jar.write(Path.of(args[1]));
  }

  private void read(Path from) throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      for (JarEntry entry : jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
        try (InputStream bytes = jar.getInputStream(entry)) {
          files.put(entry.getName(), bytes.readAllBytes());
        }
      }
    }
  }

  private InputStream classBytes(ClassDesc type) {
    String descriptor = type.descriptorString();
    byte[] bytes = files.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private byte[] modern(String name, byte[] bytes) {
    if (!name.endsWith(".class")) {
      return bytes;
    }
    ClassModel model = classFile.parse(bytes);
    if (model.majorVersion() >= MAPPED) {
      return bytes;
    }
    // Only code that is written anew gets stack maps.
    byte[] written =
        classFile.transformClass(
            model,
            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL::accept)
                .andThen(Modernize::version));
    List<VerifyError> errors = classFile.verify(written);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(name + ": " + errors);
    }
    return written;
  }

  private static void version(ClassBuilder builder, ClassElement element) {
    if (element instanceof ClassFileVersion) {
      builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
    } else {
      builder.with(element);
    }
  }

  private void write(Path to) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(to))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        JarEntry entry = new JarEntry(file.getKey());
        entry.setTimeLocal(NO_TIME);
        jar.putNextEntry(entry);
        jar.write(file.getValue());
      }
    }
  }
}
