//go:build race

package wxpay_test

// raceEnabled tells tests that count allocations that the race detector adds some.
const raceEnabled = true
