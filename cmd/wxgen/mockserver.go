package main

import (
	"time"
)

// mockServer is what the flags of mock say.
type mockServer struct {
	listen string
	dir    string
	seed   string
	invent bool
	probes int
	settle time.Duration
	hosts  []string
	faults []string
	quiet  bool
	layers description
}

// mockAddress is where the mock server listens unless told otherwise, and where the verbs below it
// look for it.
const mockAddress = "127.0.0.1:8466"
