package brief

import (
	"os"
	"testing"
)

// Variable is the environment variable that shortens a run of tests if it is 1. Unlike -short it
// concerns only tests that ask for it: the go command answers others from its cache.
const Variable = "WXGEN_SHORT"

// Run reports whether tests run with -short or with the variable.
func Run() bool { return testing.Short() || os.Getenv(Variable) == "1" }
