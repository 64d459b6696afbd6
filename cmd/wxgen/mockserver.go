package main

import (
	"time"
)

// mockServer holds the flags of mock.
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

// mockAddress is the default address of the mock server, and of the verbs below it.
const mockAddress = "127.0.0.1:8466"
