package bundle

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The tools, at the versions that the test supports.
var (
	npm = []string{
		"openapi-typescript@7.13.0", "typescript@5.9.3", "@hey-api/openapi-ts@0.99.0",
		"@redocly/cli@2.77.0",
		"@stoplight/spectral-cli@6.16.3", "@apidevtools/swagger-parser@13.1.0",
	}
	ogen        = "github.com/ogen-go/ogen/cmd/ogen@v1.24.0"
	oapiCodegen = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
)

const (
	spectral = "extends: [\"spectral:oas\"]\n"
	codegen  = "package: oa\ngenerate: {models: true, client: true}\noutput: oa.gen.go\n" +
		"output-options: {skip-prune: true}\n"
	parser = `require("@apidevtools/swagger-parser").validate("all.json").catch(e => { console.error(e.message); process.exit(1) })`
)

// TestTools passes the document to seven tools: that of all of WeChat Pay, or of a part if the
// whole takes minutes. Installing the tools takes a minute, so the test runs only on request.
func TestTools(t *testing.T) {
	if os.Getenv("WXGEN_TOOLS") != "1" {
		t.Skip("WXGEN_TOOLS=1 installs the tools and runs them")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{".spectral.yaml": spectral, "oapi.yaml": codegen} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wxgen := filepath.Join(dir, "wxgen")
	run(t, filepath.Join("..", ".."), "go", "build", "-o", wxgen, "./cmd/wxgen")
	run(t, filepath.Join("..", ".."), wxgen, "bundle", "--out", filepath.Join(dir, "all.json"))
	run(t, filepath.Join("..", ".."), wxgen, "bundle", "--out", filepath.Join(dir, "part.json"),
		"--include", "pay,refund,payroll-card,marketing,webhooks")
	t.Run("go", func(t *testing.T) {
		had(t, dir, "go", "run", ogen, "--version")
		run(t, dir, "go", "run", ogen, "--target", "og", "--package", "og", "--clean", "part.json")
		run(t, dir, "go", "run", oapiCodegen, "-config", "oapi.yaml", "part.json")
	})
	t.Run("node", func(t *testing.T) {
		had(t, dir, "npm",
			append([]string{"install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix",
				"."}, npm...)...)
		for _, command := range []string{
			"openapi-typescript all.json -o all.ts", "tsc --strict --noEmit --skipLibCheck all.ts",
			"openapi-ts -i all.json -o hey --plugins @hey-api/typescript",
			"redocly lint --extends=minimal all.json",
			"spectral lint --fail-severity=error all.json",
		} {
			run(t, dir, "npx", strings.Fields("--no-install "+command)...)
		}
		run(t, dir, "node", "-e", parser)
	})
}

// had skips the test if a tool is not available.
func had(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	if out, err := command(t, dir, name, args...); err != nil {
		t.Skipf("%s cannot be had here: %v: %.300s", name, err, out)
	}
}

func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	if out, err := command(t, dir, name, args...); err != nil {
		t.Errorf("%s %s: %v\n%.2000s", name, strings.Join(args, " "), err, out)
	}
}

func command(t *testing.T, dir, name string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "NO_COLOR=1")
	return c.CombinedOutput()
}
