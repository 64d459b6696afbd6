package load

import (
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/fault"
)

// FuzzDir reads any text as a document of a description, beside a file that it can $ref. It runs on
// one processor: parallel code covers other lines in each run, which the fuzzer takes for progress.
// Run it with -fuzzminimizetime=10x for the same reason. The seeds are small, since parsing takes
// most of a run.
func FuzzDir(f *testing.F) {
	runtime.GOMAXPROCS(1)
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(archives, "testdata/model/dialect.txtar") {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".yaml") && len(file.Data) < 1000 {
				f.Add(file.Data)
			}
		}
	}
	for _, bomb := range bombs {
		if data := bomb(); len(data) < 1000 {
			f.Add([]byte(data))
		}
	}
	shared := &fstest.MapFile{Data: []byte(sharedFile)}
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"components.yaml": shared, "v3/fuzz.yaml": &fstest.MapFile{Data: data}}
		api, err := Dir(fsys, Options{})
		if err == nil {
			dump(api) // reads every part of the model
			return
		}
		faults, ok := errors.AsType[fault.List](err)
		if !ok || len(faults) == 0 {
			t.Fatalf("%T: %v", err, err)
		}
		for _, fault := range faults {
			if fault.File == "" || fault.What == "" || strings.Contains(fault.Error(), "%!") {
				t.Errorf("%#v", fault)
			}
		}
	})
}

// sharedFile is the target of the cases' $refs.
const sharedFile = header + `components:
  responses:
    Error: {description: error, content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}}
  schemas:
    Error: {type: object, properties: {code: {type: string}}}
    Address: {type: object, required: [city], properties: {city: {type: string}, zip: {type: string}}}
`

// bombs are files that a naive reader needs much time or memory for.
var bombs = map[string]func() string{
	"billion laughs": func() string {
		var b strings.Builder
		b.WriteString("openapi: 3.1.0\nx0: &x0 lol\n")
		for i := 1; i < 40; i++ {
			b.WriteString("x" + itoa(i) + ": &x" + itoa(i) + " [" +
				strings.Repeat("*x"+itoa(i-1)+", ", 9) + "*x" + itoa(i-1) + "]\n")
		}
		return b.String()
	},
	"self": func() string { return "openapi: 3.1.0\npaths: &p {a: *p}\n" },
	"deep": func() string { return "openapi: 3.1.0\npaths: " + strings.Repeat("[", 100000) },
	"deep2": func() string {
		return "openapi: 3.1.0\npaths: " + strings.Repeat("{a: ", 5000) + strings.Repeat("}", 5000)
	},
	"strings in strings": func() string {
		return header + "paths:\n  /v3/a/b: {post: {operationId: A, requestBody: {content: " +
			"{application/json: {schema: {$ref: \"#/components/schemas/A\"}}}}, responses: " +
			"{\"204\": {description: OK}}}}\n" +
			"components:\n  schemas:\n    A: {type: object, properties: {a: {type: string, " +
			"contentMediaType: application/json, contentSchema: {$ref: " +
			"\"#/components/schemas/A\"}}, b: {type: string, contentMediaType: application/json, " +
			"contentSchema: {$ref: \"#/components/schemas/A\"}}}}\n"
	},
	"many properties": func() string {
		var b strings.Builder
		b.WriteString(header + "components:\n  schemas:\n    A:\n      type: object\n" +
			"      required: [")
		for i := range 20000 {
			b.WriteString("q" + itoa(i) + ", ")
		}
		b.WriteString("]\n      properties:\n")
		for i := range 20000 {
			b.WriteString("        p" + itoa(i) + ": {$ref: \"#/components/schemas/A\"}\n")
		}
		return b.String()
	},
	"many verbs": func() string {
		var b strings.Builder
		b.WriteString(header + "paths:\n")
		for i := range 5000 {
			b.WriteString("  /v3/a" + strings.Repeat("/b", i%100) + "/c" + itoa(i) +
				": {post: {operationId: A" + itoa(i) + ", responses: {\"204\": {description: " +
				"OK}}}}\n")
		}
		return b.String()
	},
}

const header = "openapi: 3.1.0\ninfo: {title: T, version: \"3\"}\n"

func itoa(i int) string {
	if i < 10 {
		return string(rune('0' + i))
	}
	return itoa(i/10) + itoa(i%10)
}

// TestBombs checks that no file makes wxgen hang.
func TestBombs(t *testing.T) {
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Dir(fstest.MapFS{"v3/a.yaml": &fstest.MapFile{Data: []byte(bomb())}},
				Options{})
			// Each takes well under a second. Without the guards it would take hours.
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			if faults, ok := errors.AsType[fault.List](err); ok {
				t.Logf("%d faults, first %v; %v", len(faults), faults[0], time.Since(start))
			}
		})
	}
}
