package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// typedEvery is the interval of the operations whose calls are built and run.
const typedEvery = 20

// TestTyped builds and runs the calls with types on the pages. Each must send the values of its
// request.
func TestTyped(t *testing.T) {
	if brief.Run() {
		t.Skip("it builds a program")
	}
	s := newTyped(t)
	special := map[string]bool{}
	for _, name := range []string{
		"POST /v3/pay/transactions/native", "POST /v3/merchant/media/upload",
		"GET /v3/bill/tradebill",
		"POST /v3/payroll-card/authentications/pre-order-with-auth", "GET /v3/billdownload/file",
		"POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close",
		"GET /v3/marketing/partnerships",
	} {
		special[name] = true
	}
	var sent []*mock.Exchange
	for i, entry := range s.engine.Catalogue() {
		name := entry.Method + " " + entry.Path
		if !special[name] && i%typedEvery != 0 || entry.Path == "/v3/certificates" ||
			entry.Prefix != "" {
			continue
		}
		delete(special, name)
		op, err := s.engine.Operation(entry.Method, entry.Path)
		if err != nil {
			t.Fatal(err)
		}
		sent = append(sent, s.add(op))
	}
	if len(special) > 0 || len(sent) < 40 {
		t.Errorf("%d calls; missing are %v", len(sent), special)
	}
	s.run()
	again := s.engine.Exchanges(mock.Filter{After: sent[len(sent)-1].ID})
	if len(again) != len(sent) {
		t.Fatalf("%d calls were made; want %d", len(again), len(sent))
	}
	for i, x := range sent {
		same(t, x, again[len(again)-1-i])
	}
}

// same compares a call's request with the one that it was printed for.
func same(t *testing.T, want, got *mock.Exchange) {
	t.Helper()
	if got.Method != want.Method || got.Template != want.Template || got.File != want.File ||
		!reflect.DeepEqual(clearURI(t, got), clearURI(t, want)) ||
		!reflect.DeepEqual(clearBody(t, got), clearBody(t, want)) {
		t.Errorf("the call sent %s %s\n%s\nand not %s %s\n%s", got.Method, got.URI, got.Clear,
			want.Method, want.URI, want.Clear)
	}
}

// clearURI is path and query, with sealed parameters in clear and parsed JSON.
func clearURI(t *testing.T, x *mock.Exchange) url.Values {
	t.Helper()
	u, err := url.Parse(x.URI)
	if err != nil {
		t.Fatal(err)
	}
	values := u.Query()
	values.Set("path", u.EscapedPath())
	for _, sealed := range x.Sealed {
		if name, ok := strings.CutPrefix(sealed.At, "/query/"); ok {
			values.Set(name, sealed.Clear)
		}
	}
	for name := range values {
		var v map[string]any
		if json.Unmarshal([]byte(values.Get(name)), &v) == nil { // order does not count
			values.Set(name, fmt.Sprint(v))
		}
	}
	return values
}

func clearBody(t *testing.T, x *mock.Exchange) (v any) {
	t.Helper()
	if len(x.Clear) > 0 && json.Unmarshal(x.Clear, &v) != nil {
		t.Errorf("%s is no JSON", x.Clear)
	}
	return v
}

// typedCalls are a server, and a program with the calls of its pages.
type typedCalls struct {
	t      *testing.T
	engine *mock.Engine
	url    string
	keys   string
	dir    string // of the program
	calls  bytes.Buffer
	count  int
}

func newTyped(t *testing.T) *typedCalls {
	t.Helper()
	s := &typedCalls{t: t, keys: t.TempDir(), dir: t.TempDir()}
	ring, _, err := keys.Open(s.keys)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	address := server.Listener.Addr().String()
	m := &mockServer{invent: true}
	m.layers.dir = builtIn // each page reads one operation, and of this description only its file
	if s.engine, err = m.engine(ring, address, s.keys); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.engine.Close)
	server.Config.Handler = s.engine
	server.Start()
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

var goSnippet = regexp.MustCompile(
	`(?s)<h3>Go</h3><div class="code"><button[^>]*>[^<]*</button><pre[^>]*>(.*?)</pre>`)

// add sends the example of an operation, and takes the call on the page of the request.
func (s *typedCalls) add(op *desc.Operation) *mock.Exchange {
	s.t.Helper()
	a := s.engine.AccountFor(op)
	resp, err := s.engine.Try(s.t.Context(), s.url, op, a, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp.Body.Close()
	x := s.engine.Exchanges(mock.Filter{Most: 1})[0]
	page, err := http.Get(fmt.Sprintf("%s/requests/%d", s.url, x.ID))
	if err != nil {
		s.t.Fatal(err)
	}
	defer page.Body.Close()
	text, err := io.ReadAll(page.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	found := goSnippet.FindSubmatch(text)
	if found == nil || bytes.Contains(found[1], []byte("client.Raw(")) {
		s.t.Fatalf("%s: no call with types: %s", op.Name(), found)
	}
	s.count++
	s.write(op, a, html.UnescapeString(string(found[1])))
	return x
}

// write writes a file of the program with one call.
func (s *typedCalls) write(op *desc.Operation, a *keys.Account, call string) {
	s.t.Helper()
	space, _, _ := strings.Cut(op.Path[1:], "/")
	pkg, _, _ := strings.Cut(call[strings.Index(call, "= ")+2:], ".")
	imports := []string{`"context"`, `"io"`, `"github.com/wxgen/wxgen/wxpay"`,
		fmt.Sprintf("%q", "github.com/wxgen/wxgen/generated/"+space+"/"+pkg)}
	for use, path := range map[string]string{"time.Date(": "time",
		"json.RawMessage(": "encoding/json", "os.Stdout": "os"} {
		if strings.Contains(call, use) {
			imports = append(imports, fmt.Sprintf("%q", path))
		}
	}
	used := "_ = err"
	if strings.HasPrefix(call, "resp, ") {
		used = "_, _ = resp, err"
	}
	src := fmt.Sprintf("package main\n\nimport (\n%s\n)\n\nfunc call%d(ctx context.Context, "+
		"client *wxpay.Client, file io.Reader) {\n%s\n%s\n}\n",
		strings.Join(imports, "\n"), s.count, call, used)
	if err := os.WriteFile(filepath.Join(s.dir, fmt.Sprintf("call%d.go", s.count)), []byte(src),
		0o600); err != nil {
		s.t.Fatal(err)
	}
	fmt.Fprintf(&s.calls, "call%d(ctx, client(%q, %q, %q), strings.NewReader(file))\n", s.count,
		a.ID, a.SerialNo, a.Folder())
}

const typedMain = `package main

import (
	"context"
	"os"
	"strings"

	"github.com/wxgen/wxgen/wxpay"
)

const file = %q

func client(id, serial, folder string) *wxpay.Client {
	key, err := wxpay.LoadPrivateKey(os.Args[2] + "/" + folder + "/apiclient_key.pem")
	if err != nil {
		panic(err)
	}
	pub, err := wxpay.LoadPublicKey(os.Args[2] + "/platform/pub_key.pem")
	if err != nil {
		panic(err)
	}
	cfg := wxpay.Config{MchID: id, SerialNo: serial, PrivateKey: key, PlatformKeys: wxpay.PlatformKeys{%q: pub}}
	if strings.HasPrefix(folder, "brand") {
		cfg.MchID, cfg.BrandID = "", id
	}
	c, err := wxpay.New(cfg, wxpay.WithBaseURL(os.Args[1]))
	if err != nil {
		panic(err)
	}
	return c
}

func main() {
	ctx := context.Background()
%s}
`

// run builds and runs the program.
func (s *typedCalls) run() {
	s.t.Helper()
	src := fmt.Sprintf(typedMain, "\x89PNG\r\n\x1a\n of a test", keys.PublicKeyID, s.calls.String())
	if err := os.WriteFile(filepath.Join(s.dir, "main.go"), []byte(src), 0o600); err != nil {
		s.t.Fatal(err)
	}
	newModule(s.t, s.dir)
	if out, err := goCommand(s.dir, "run", ".", s.url, s.keys).CombinedOutput(); err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
}
