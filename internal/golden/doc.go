// Package golden runs tests whose cases are txtar files: the input, and below want/ the expected
// output.
package golden
