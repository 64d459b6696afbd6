// Package fault is what goes wrong on demand.
package fault
