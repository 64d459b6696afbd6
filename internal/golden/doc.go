// Package golden runs tests whose cases are txtar files: what goes in, and below want/ what must
// come out.
package golden
