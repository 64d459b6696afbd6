package compile_test

import (
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock/compile"
	"github.com/wxgen/wxgen/spec"
)

func TestSize(t *testing.T) {
	at := time.Now()
	files, err := compile.Files(spec.FS)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for name, f := range files {
		n += len(f)
		if len(f) > 20000 {
			t.Log(name, len(f))
		}
	}
	t.Log(len(files), n, time.Since(at))
}
