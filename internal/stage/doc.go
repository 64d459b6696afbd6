// Package stage changes the files below one folder: all of them or none, and one command at a time.
//
// New content waits in a staging folder until it is moved into place, and what was there waits in
// it too, until everything has worked. Only the process that holds the lock in that folder writes.
// The system frees the lock when a process ends, however it ends. So a folder whose lock is free
// was left by a process that was killed, and the next change clears it away.
//
// Files use each other in this order only: write, finish, stage, change.
package stage
