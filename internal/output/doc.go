// Package output brings a folder of generated files up to date, or says how far it is from that.
//
// It touches its own files alone. A file is its own if it is a regular file below the output
// folder, reached through no symlink, whose first line says that wxgen wrote it. Everything else
// stays as it is, and a wanted file that something else stands in the way of is an error.
//
// Files use each other in this order only: write, diff, compare, stale, tree, plan, content.
package output
