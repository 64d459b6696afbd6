// Package stage changes the files below one folder: all of them or none, and one command at a time.
//
// New content waits in a staging folder until it is moved into place, and what was there waits in
// it too, until everything has worked. Who holds the lock in that folder may write; the system
// frees it when a process ends, however it ends, so what a killed process left is known by its
// lock, which nobody holds, and the next change clears it away.
//
// Files use each other in this order only: write, stage, change.
package stage
