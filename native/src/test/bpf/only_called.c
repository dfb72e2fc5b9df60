// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* No program, only a function that programs could call, and that calls itself. */
__attribute__((noinline)) int fall(volatile int *height) {
  return *height < 3 ? 0 : fall(height) + fall(height);
}
