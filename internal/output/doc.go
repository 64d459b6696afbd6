// Package output brings a folder of generated files up to date, or lists the differences.
//
// It touches its own files alone. A file is its own if it is a regular file below the output
// folder, reached through no symlink, whose first line says that wxgen wrote it. It leaves
// everything else. If something else is in the place of a wanted file, that is an error.
//
// Files use each other in this order only: write, diff, compare, stale, tree, plan, content.
package output
