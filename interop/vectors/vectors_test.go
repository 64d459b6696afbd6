package vectors

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/c2sp/wycheproof"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// The test that uses the vectors is in package wxpay, since it needs unexported parts. This test
// passes it the vectors and runs it.
func TestWycheproof(t *testing.T) {
	dir := t.TempDir()
	for _, pattern := range []string{"rsa_signature_*_sha256_test.json",
		"rsa_pkcs1_*_sig_gen_test.json", "rsa_*oaep*_test.json", "aes_gcm_test.json"} {
		files, err := fs.Glob(wycheproof.TestVectors, pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(wycheproof.TestVectors, file)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, file), data, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-v", "-run",
		"^TestWycheproof$", "./wxpay")
	cmd.Dir, cmd.Env = filepath.Join("..", ".."), append(os.Environ(), "WXPAY_WYCHEPROOF="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Count(string(out), "    --- PASS: TestWycheproof/") < 11 {
		t.Fatalf("%v\n%s", err, out)
	}
}

// JSONTestSuite is a module without a package, so go.mod cannot name it. Its version and checksum
// are here.
const (
	jsonTestSuite    = "github.com/nst/JSONTestSuite@v0.0.0-20241122125541-1ef36fa01286"
	jsonTestSuiteSum = "h1:t/cjDwz9uc/5ZSagWtr7nWpoEA5Imvw/ArlJuI+d+Cw="
)

// jsonFiles returns the folder of the files, downloaded once.
func jsonFiles(t *testing.T) string {
	t.Helper()
	var module struct{ Dir, Sum, Error string }
	out, err := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", jsonTestSuite).
		Output()
	if json.Unmarshal(out, &module) != nil || module.Dir == "" {
		t.Skipf("%s cannot be had: %v %s", jsonTestSuite, err, module.Error)
	}
	if module.Sum != jsonTestSuiteSum {
		t.Fatalf("checksum %s of %s; want %s", module.Sum, jsonTestSuite, jsonTestSuiteSum)
	}
	return filepath.Join(module.Dir, "test_parsing")
}

// Wxpay reads valid JSON like encoding/json, and refuses invalid JSON as such. Files that parsers
// may treat either way are read or refused, in time.
func TestJSONTestSuite(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(jsonFiles(t), "*.json"))
	if err != nil || len(files) < 300 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	srv := wxpaytest.New(t)
	var body []byte
	srv.Handle("GET", "/v3/suite", func(*wxpaytest.Request) wxpaytest.Response {
		return wxpaytest.Response{Body: body}
	})
	c := srv.Client()
	for _, file := range files {
		name := filepath.Base(file)
		if body, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
		var got, want any
		start := time.Now()
		err := c.Chain("v3/suite").Get(t.Context(), nil, &got)
		theirs := json.Unmarshal(body, &want)
		var fault *wxpay.DecodeError
		switch refused := errors.As(err, &fault); {
		case time.Since(start) > 5*time.Second:
			t.Errorf("%s: took %v", name, time.Since(start))
		case err != nil && !refused:
			t.Errorf("%s: %v (%T)", name, err, err)
		case name[0] == 'n' && !errors.Is(err, wxpay.ErrMalformedJSON) &&
			!errors.Is(err, wxpay.ErrEmptyBody):
			t.Errorf("%s: %q is no JSON: %v, %v", name, head(body), got, err)
		case name[0] == 'y' && !same(got, want):
			t.Errorf("%s: %q: got %v, %v; want %v, %v", name, head(body), got, err, want, theirs)
		}
	}
}

func head(b []byte) []byte { return b[:min(len(b), 100)] }

func same(got, want any) bool {
	a, err1 := json.Marshal(got)
	b, err2 := json.Marshal(want)
	return err1 == nil && err2 == nil && string(a) == string(b)
}
