package web_test

import (
	"go/parser"
	"html"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/mock/caller"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// keyFolder stores the keys of all accounts as the server does.
func keyFolder(t *testing.T) string {
	t.Helper()
	r, err := ring()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "it's here")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := r.Save(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// commands are the commands on a page.
func commands(page string) (list []string) {
	for _, m := range regexp.MustCompile(
		`(?s)<h3>(?:curl|Go)</h3><div class="code"><button[^>]*>[^<]*</button><pre[^>]*>(.*?)</pre>`).FindAllStringSubmatch(page, -1) {
		list = append(list, html.UnescapeString(m[1]))
	}
	return list
}

// TestCurl runs the command of a request in a shell: openssl signs it, curl sends it, and the
// server accepts it, whatever the characters in the body.
func TestCurl(t *testing.T) {
	for _, tool := range []string{"sh", "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here", tool)
		}
	}
	s := newServer(t, keyFolder(t))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, caller.FileName), []byte(caller.FileText),
		0o600); err != nil {
		t.Fatal(err)
	}
	s.Advance(3 * 60 * 60 * 1e9) // signatures still use the real clock
	s.try("POST", "/v3/pay/transactions/native", func(r *sample.Request) {
		r.Body.(map[string]any)["description"] = `it's "$HOME" \n %s 中文` + " `id` @x"
	})
	s.try("GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}", func(r *sample.Request) {
		r.Args["out_trade_no"] = s.Objects("order", "")[0].Number
	})
	s.try("POST", "/v3/payroll-card/authentications/pre-order-with-auth", nil)
	s.try("POST", "/v3/merchant/media/upload", nil)
	for i, x := range s.Exchanges(mockFilter) {
		_, page, _ := s.get("/requests/"+itoa(x.ID), "en")
		list := commands(page)
		if len(list) == 0 {
			t.Fatalf("request %d has no command:\n%s", x.ID, page)
		}
		cmd := exec.Command("sh", "-c", list[0])
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "HTTP/1.1 200") {
			t.Errorf("%d: %s\n%v %s", i, list[0], err, out)
		}
		again := s.Exchanges(mockFilter)[0]
		if again.ID == x.ID || string(again.Body) != string(x.Body) || again.URI != x.URI {
			t.Errorf("the command sent %s %s, not %s %s", again.URI, again.Body, x.URI, x.Body)
		}
	}
}

// TestGo parses the Go code of a request.
func TestGo(t *testing.T) {
	s := newServer(t, "")
	for _, what := range []string{"plain", "with ` in it", "中文\t"} {
		s.order("native", "T202600"+itoa(int64(len(what))), what)
		_, page, _ := s.get("/requests/"+itoa(s.Exchanges(mockFilter)[0].ID), "en")
		list := commands(page)
		if len(list) != 2 {
			t.Fatalf("%d commands", len(list))
		}
		if _, err := parser.ParseFile(fileSet, "x.go", "package x\nfunc f() {\n"+list[1]+"\n}",
			parser.AllErrors); err != nil {
			t.Errorf("%v\n%s", err, list[1])
		}
		if got := literal(t, list[1]); got != string(s.Exchanges(mockFilter)[0].Body) {
			t.Errorf("the Go sends %s", got)
		}
	}
	req, err := http.NewRequest("POST", s.url+"/v3/pay/transactions/native",
		strings.NewReader("{\"a\":\"\x00\xff\"}"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if _, page, _ := s.get("/requests/"+itoa(s.Exchanges(mockFilter)[0].ID),
		"en"); len(commands(page)) != 0 {
		t.Errorf("there is a command for what no shell can hold: %q", commands(page))
	}
}
