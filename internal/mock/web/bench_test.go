package web

import "testing"

// BenchmarkNew is the time that the pages add to the server's start.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Config{})
	}
}
