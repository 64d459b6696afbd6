// Package stage changes the files below one folder: all of them or none, and one command at a time.
//
// A staging folder holds the new files until they are moved into place, and the old ones until
// everything has worked. Only the process with the lock in that folder writes. The system frees the
// lock when a process ends, however it ends. So a staging folder with a free lock comes from a
// killed process, and the next change removes it.
//
// Files use each other in this order only: write, finish, stage, change.
package stage
