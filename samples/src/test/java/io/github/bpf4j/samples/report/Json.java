package io.github.bpf4j.samples.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, strings and numbers; strict. */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** JSON's null, which no map or list of Java's holds. */
  public static final Object NULL = "null";

  private Json() {}

  /** Reads one object, which must be all there is. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(String text) throws IOException {
    return (Map<String, Object>) value(text);
  }

  /** Reads an array of objects, which must be all there is. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> objects(String text) throws IOException {
    return (List<Map<String, Object>>) value(text);
  }

  /** Reads one value, which must be all there is. */
  public static Object value(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one value: " + text);
      }
      return value;
    }
  }

  /** The protocols of a report, by number. */
  @SuppressWarnings("unchecked")
  public static Map<Integer, Map<String, Object>> protocols(Map<String, Object> report) {
    Map<Integer, Map<String, Object>> byNumber = new LinkedHashMap<>();
    for (Object protocol : (List<Object>) report.getOrDefault("protocols", List.of())) {
      Map<String, Object> fields = (Map<String, Object>) protocol;
      byNumber.put(number(fields, "number").intValue(), fields);
    }
    return byNumber;
  }

  /** A field that holds a number. */
  public static Number number(Map<String, Object> object, String field) {
    if (object.get(field) instanceof Number number) {
      return number;
    }
    throw new AssertionError(field + " is not a number in " + object);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser.getBigIntegerValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  /** A {@code Long} where it fits. */
  private static Number whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }
}
