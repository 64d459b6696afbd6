// Package replace writes files that people edit: all of a change or nothing of it, and never a file
// that changed in the meantime.
package replace
