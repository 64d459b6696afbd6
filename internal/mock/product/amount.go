package product

import (
	"math"
	"math/bits"
)

// plus adds amounts, none of which is negative. What no number can hold is the largest one, so that
// it is more than whatever it is compared with.
func plus(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// times multiplies likewise.
func times(a, b int64) int64 {
	high, low := bits.Mul64(uint64(max(a, 0)), uint64(max(b, 0)))
	if high != 0 || low > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(low)
}
