// Package parallel does a job for each of many things, a bounded number of them at a time.
package parallel
