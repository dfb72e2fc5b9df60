// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Structs of every shape, each with a variable: the compiler's own bytes of it, against which records
 * are tested.
 */
#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/in6.h>

#include <bpf/bpf_helpers.h>

#define SHAPE(name, ...) struct name v_##name = __VA_ARGS__

enum color { RED, GREEN = 5, BLUE = 200 };
enum level { LOW = -3, HIGH = 3 };

struct padded { __u8 a; __u16 b; __u32 c; __u8 d; __u64 e; };
SHAPE(padded, {1, 2, 3, 4, 5});
struct negative { signed char a; short b; int c; long long d; };
SHAPE(negative, {-1, -2, -3, -4});
struct largest { __u8 a; __u16 b; __u32 c; __u64 d; };
SHAPE(largest, {0xff, 0xffff, 0xffffffff, 0xffffffffffffffff});
struct packed { __u8 a; __u32 b; __u16 c; __u64 d; } __attribute__((packed));
SHAPE(packed, {1, 0x01020304, 3, 0x0102030405060708});
struct network { __be16 a; __be32 b; __be64 c; };
SHAPE(network, {__builtin_bswap16(8080), __builtin_bswap32(0x0a000001), __builtin_bswap64(42)});
struct disk { __le16 a; __le32 b; __le64 c; };
SHAPE(disk, {8080, 0x0a000001, 42});
struct text { int pid; char comm[16]; };
SHAPE(text, {7, "bash"});
struct full_text { char tag[4]; };
SHAPE(full_text, {{'a', 'b', 'c', 'd'}});
struct raw_bytes { __u8 bytes[5]; };
SHAPE(raw_bytes, {{1, 2, 3, 4, 255}});
struct ints { int values[4]; };
SHAPE(ints, {{1, -2, 3, -4}});
struct longs { __u8 first; __u64 values[2]; };
SHAPE(longs, {9, {1, 2}});
struct shorts { __u16 values[3]; };
SHAPE(shorts, {{1, 2, 65535}});
struct ports { __be16 values[2]; };
SHAPE(ports, {{__builtin_bswap16(80), __builtin_bswap16(443)}});
struct point { int x, y; };
struct nested { __u8 kind; struct point from; struct point to; };
SHAPE(nested, {1, {2, 3}, {4, 5}});
struct anonymous { int a; struct { int b; int c; }; int d; };
SHAPE(anonymous, {1, {2, 3}, 4});
struct either { int kind; union { __u32 word; __u8 octets[4]; struct { __u16 low, high; }; }; };
SHAPE(either, {1, {0x00020001}});
struct chosen { int kind; union { __u32 word; __u64 wide; } value; };
SHAPE(chosen, {1, {.wide = 77}});
struct smaller { union { __u8 narrow; __u64 wide; }; };
SHAPE(smaller, {{.narrow = 5}});
struct points { __u16 count; struct point all[3]; };
SHAPE(points, {3, {{1, 2}, {3, 4}, {5, 6}}});
struct matrix { int cells[2][3]; };
SHAPE(matrix, {{{1, 2, 3}, {4, 5, 6}}});
struct colored { enum color color; enum level level; };
SHAPE(colored, {BLUE, LOW});
struct palette { enum color colors[3]; };
SHAPE(palette, {{GREEN, RED, BLUE}});
struct truth { bool yes; bool no; __u8 flag; };
SHAPE(truth, {true, false, 1});
struct bits { __u32 one : 1; __u32 three : 3; __u32 twelve : 12; __u32 rest : 16; };
SHAPE(bits, {1, 5, 0xabc, 0xffff});
struct signed_bits { int a : 3; int b : 5; int c : 24; };
SHAPE(signed_bits, {-4, -1, -70000});
struct wide_bits { __u64 a : 33; __u64 b : 31; };
SHAPE(wide_bits, {0x1ffffffff, 0x40000001});
struct gap_bits { __u16 a : 3; __u16 : 5; __u16 b : 7; __u32 c; };
SHAPE(gap_bits, {5, 100, 7});
struct packed_bits { __u8 a; __u64 b : 60; __u64 c : 12; } __attribute__((packed));
SHAPE(packed_bits, {1, 0xfedcba987654321, 0xabc});
struct color_bits { enum color color : 8; __u32 flag : 1; };
SHAPE(color_bits, {GREEN, 1});
struct pointers { void *a; struct pointers *b; int (*c)(void); };
SHAPE(pointers, {(void *)0x1234, (void *)-1, 0});
struct reals { float a; double b; };
SHAPE(reals, {1.5f, -2.25});
struct real_arrays { float a[2]; double b[2]; };
SHAPE(real_arrays, {{1, 2}, {3, 4}});
typedef struct { int a; } alias_t;
struct aliases { alias_t a; const volatile int b; };
SHAPE(aliases, {{6}, 7});
struct aligned { __u64 a; __u8 b; } __attribute__((aligned(16)));
SHAPE(aligned, {1, 2});
struct in4 { __be32 addr; __u8 bytes[4]; };
SHAPE(in4, {__builtin_bswap32(0xc0a80001), {10, 0, 0, 1}});
struct in6 { struct in6_addr addr; };
SHAPE(in6, {{{{0x20, 0x01, 0x0d, 0xb8, [15] = 1}}}});
struct ether { unsigned char dest[6]; unsigned char source[6]; __be16 proto; };
SHAPE(ether, {{0x52, 0x54, 0, 0x12, 0x34, 0x56}, {2}, __builtin_bswap16(0x86dd)});
struct renamed { __u32 src_port; __u32 class; };
SHAPE(renamed, {1, 2});
struct many { int wanted; int unwanted; __u64 more[2]; };
SHAPE(many, {1, 2, {3, 4}});
struct flexible { int length; char data[]; };
SHAPE(flexible, {4});
struct very_wide { __u64 low; unsigned __int128 wide; };
SHAPE(very_wide, {1, 2});
struct deep { struct { struct { struct point at; } inner; } outer; };
SHAPE(deep, {{{{8, 9}}}});
struct two_unions { union { int a; float b; }; union { int c; float d; }; };
SHAPE(two_unions, {{1}, {.d = 2.5f}});
