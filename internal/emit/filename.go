package emit

import (
	"strings"

	"github.com/wxgen/wxgen/internal/names"
)

// fileStem turns a path segment into the stem of a file's name: "{out_trade_no}" gives
// "by_out_trade_no". Different segments may share a stem and its file.
func fileStem(segment string) string {
	if name, ok := strings.CutPrefix(segment, "{"); ok {
		segment = "by_" + strings.TrimSuffix(name, "}")
	}
	stem := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, segment)
	return strings.Join(strings.FieldsFunc(stem, func(r rune) bool { return r == '_' }), "_")
}

// below is the stem for a segment below another. No stem has two underscores in a row, so different
// paths never clash.
func below(stem, segment string) string { return stem + "__" + segment }

// goFile completes a stem. It avoids names with a meaning for the go command (foo_test.go,
// foo_linux.go), names that the go command refuses (aux.go), and names of wxgen's own files.
func goFile(stem string) string {
	_, last, found := cutLast(stem, "_")
	if stem == "" || reserved[stem] || names.Device(stem) || found && special[last] {
		stem = strings.TrimPrefix(stem+"_path", "_")
	}
	return stem + ".go"
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

var reserved = set("doc types")

// special are the endings that select a file for tests, an operating system or an architecture.
var special = set("test aix android darwin dragonfly freebsd hurd illumos ios js linux nacl " +
	"netbsd openbsd plan9 " +
	"solaris wasip1 wasip2 windows zos unix 386 amd64 amd64p32 arm armbe arm64 arm64be loong64 " +
	"mips mipsle mips64 mips64le " +
	"mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm")

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}
