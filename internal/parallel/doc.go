// Package parallel runs a job for each of many things, with a bounded number of jobs at a time.
package parallel
