//go:build !unix

package budget

import "os"

// peak returns 0: the system does not report it.
func peak(*os.ProcessState) int64 { return 0 }
