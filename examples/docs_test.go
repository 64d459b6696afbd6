package examples

import (
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// packages are the imports that the documentation omits, by their names in its code.
var packages = map[string]string{
	"context": "context", "errors": "errors", "fmt": "fmt", "http": "net/http",
	"httptest": "net/http/httptest", "os": "os", "rsa": "crypto/rsa",
	"slog": "log/slog", "strings": "strings", "testing": "testing", "time": "time",
	"x509": "crypto/x509", "filepath": "path/filepath",
	"adaptor": "github.com/gofiber/fiber/v3/middleware/adaptor", "chi": "github.com/go-chi/chi/v5",
	"echo":  "github.com/labstack/echo/v4",
	"fiber": "github.com/gofiber/fiber/v3", "gin": "github.com/gin-gonic/gin",
	"wxpay": ours + "wxpay", "wxpaytest": ours + "wxpay/wxpaytest",
	"wechatpay": ours + "generated/wechatpay", "webhook": ours + "generated/webhook",
	"bill": ours + "generated/v3/bill", "merchant": ours + "generated/v3/merchant",
	"pay": ours + "generated/v3/pay",
}

const ours = "github.com/wxgen/wxgen/"

var (
	block    = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")
	selector = regexp.MustCompile(`\b([a-z][a-z0-9]*)\.[A-Z]`)
	comment  = regexp.MustCompile(`(?m)(^|\s)//.*$`)
)

// TestDocumentationCompiles compiles every Go block of docs/, each as a package in an overlay.
func TestDocumentationCompiles(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil || len(pages) < 6 {
		t.Fatalf("%v, %d pages", err, len(pages))
	}
	overlay := struct{ Replace map[string]string }{make(map[string]string)}
	args := []string{"build", "-overlay", filepath.Join(t.TempDir(), "overlay.json")}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range block.FindAllSubmatch(text, -1) {
			name := fmt.Sprintf("%s_%d",
				strings.ReplaceAll(strings.TrimSuffix(filepath.Base(page), ".md"), "-", "_"), i+1)
			if formatted, err := format.Source(m[1]); err != nil {
				t.Errorf("%s, block %d: %v", page, i+1, err)
			} else if string(formatted) != string(m[1]) {
				t.Errorf("%s, block %d is not formatted; want\n%s", page, i+1, formatted)
			}
			real := filepath.Join(t.TempDir(), name+".go")
			if err := os.WriteFile(real, []byte(wrap(name, string(m[1]))), 0o600); err != nil {
				t.Fatal(err)
			}
			dir, err := filepath.Abs(filepath.Join("snippets", name))
			if err != nil {
				t.Fatal(err)
			}
			overlay.Replace[filepath.Join(dir, name+".go")] = real
			args = append(args, "./snippets/"+name)
		}
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(args[2], data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// wrap makes a file of declarations, and adds the imports that they use.
func wrap(name, code string) string {
	var used []string
	for _, m := range selector.FindAllStringSubmatch(comment.ReplaceAllString(code, ""), -1) {
		if path, ok := packages[m[1]]; ok {
			used = append(used, fmt.Sprintf("%q", path))
		}
	}
	slices.Sort(used)
	return "package " + name + "\n\nimport (\n" + strings.Join(slices.Compact(used), "\n") +
		"\n)\n\n" + code
}
