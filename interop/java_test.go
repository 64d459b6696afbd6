package interop

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// TestJavaAgainstMock makes real calls with the official SDK for Java: from Maven, or from a
// checkout that WXGEN_JAVA_SDK names, with its jars from WXGEN_JARS (/usr/share/java).
func TestJavaAgainstMock(t *testing.T) {
	if testing.Short() {
		t.Skip("the Java compiler takes its time")
	}
	for _, tool := range []string{"java", "javac"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	args := append(javaSDK(ctx, t, dir), "-encoding", "UTF-8", "-nowarn", "-d", dir,
		"testdata/java/Calls.java")
	if out, err := exec.CommandContext(ctx, "javac", args...).CombinedOutput(); err != nil {
		t.Fatalf("javac: %v: %s", err, out)
	}
	srv := wxpaytest.New(t)
	c := exec.CommandContext(ctx, "java", "-cp", dir+string(os.PathListSeparator)+args[1], "Calls")
	c.Env = credentials(t, srv, dir)
	play(t, srv, c)
	covers(t, srv)
}

// covers checks that a program has made all its calls.
func covers(t *testing.T, srv *wxpaytest.Server) {
	t.Helper()
	made := map[string]int{}
	for _, r := range srv.Requests() {
		made[r.Method+" "+r.Path]++
		if strings.HasSuffix(r.Path, "/tokens") && !strings.Contains(string(r.Body), "张三") {
			t.Errorf("the sealed name is read as %s", r.Body)
		}
	}
	for _, want := range []string{
		"POST /v3/pay/transactions/native", "GET /v3/pay/transactions/out-trade-no/", "/close",
		"POST /v3/refund/domestic/refunds", "GET /v3/refund/domestic/refunds/",
		"POST /v3/payroll-card/tokens", "POST /v3/merchant/media/upload", "GET /v3/bill/tradebill",
		"GET /v3/billdownload/file",
	} {
		found := false
		for call := range made {
			found = found || strings.Contains(call, want)
		}
		if !found {
			t.Errorf("no call of %s among %v", want, made)
		}
	}
}

// javaSDK prepares the official SDK, and returns the arguments for javac.
func javaSDK(ctx context.Context, t *testing.T, dir string) []string {
	t.Helper()
	jars, checkout := filepath.Join(dir, "jars"), os.Getenv("WXGEN_JAVA_SDK")
	if checkout == "" {
		maven(ctx, t, jars)
		return []string{"-cp", filepath.Join(jars, "*")}
	}
	if jars = os.Getenv("WXGEN_JARS"); jars == "" {
		jars = "/usr/share/java"
	}
	join := func(list ...string) string { return strings.Join(list, string(os.PathListSeparator)) }
	var paths []string
	for _, jar := range []string{
		"okhttp", "okio", "gson", "slf4j-api", "org.jetbrains.annotations-common",
		"org.jetbrains.annotations-java8",
	} {
		paths = append(paths, filepath.Join(jars, jar+".jar"))
	}
	return []string{
		"-cp", join(paths...), "-implicit:class", "-sourcepath",
		join(older(t, checkout, dir), filepath.Join(checkout, "core/src/main/java"),
			filepath.Join(checkout, "service/src/main/java")),
	}
}

// maven fetches the SDK with its dependencies.
func maven(ctx context.Context, t *testing.T, jars string) {
	t.Helper()
	if _, err := exec.LookPath("mvn"); err != nil {
		t.Skip("mvn is not installed, and WXGEN_JAVA_SDK names no checkout of wechatpay-java")
	}
	c := exec.CommandContext(ctx, "mvn", "-q", "-B", "-f", "testdata/java/pom.xml",
		"dependency:copy-dependencies",
		"-DoutputDirectory="+jars)
	if out, err := c.CombinedOutput(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
		t.Skipf("Maven cannot fetch wechatpay-java, and WXGEN_JAVA_SDK names no checkout of it: "+
			"%v: %s", err, first)
	}
}

// older returns a folder with a changed copy of one file of the SDK. The arguments of
// RequestBody.create have another order in version 3 of OkHttp.
func older(t *testing.T, checkout, dir string) string {
	t.Helper()
	const name = "com/wechat/pay/java/core/http/okhttp/OkHttpClientAdapter.java"
	text, err := os.ReadFile(filepath.Join(checkout, "core/src/main/java", name))
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(dir, "older")
	file := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	turned := strings.Replace(string(text), `RequestBody.create("", null)`,
		`RequestBody.create(null, "")`, 1)
	if err := os.WriteFile(file, []byte(turned), 0o600); err != nil {
		t.Fatal(err)
	}
	return root
}
