// Package clock is a clock that can be put forward, and what is to happen by it.
package clock
