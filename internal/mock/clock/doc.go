// Package clock is a clock that can be put forward, with jobs that run by its time.
package clock
