// Package fault holds the faults that the mock server causes on demand.
package fault
