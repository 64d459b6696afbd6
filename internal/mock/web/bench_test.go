package web

import "testing"

// BenchmarkNew is what the pages add to the start of the server.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Config{})
	}
}
