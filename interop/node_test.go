package interop

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// nodePlugin is the client that the test runs.
const nodePlugin = "wechatpay-axios-plugin@0.9.6"

// TestNodeAgainstMock makes real calls with the community's client for Node.
func TestNodeAgainstMock(t *testing.T) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	install := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", dir, nodePlugin)
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("npm cannot install %s: %v: %s", nodePlugin, err, out)
	}
	srv := wxpaytest.New(t)
	private, err := x509.MarshalPKCS8PrivateKey(merchantKey(srv))
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(srv.Config().PlatformKeys[wxpaytest.PublicKeyID])
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "NODE_PATH="+filepath.Join(dir, "node_modules"), "URL="+srv.URL, "MCHID="+wxpaytest.MchID,
		"SERIAL="+wxpaytest.SerialNo, "PUBID="+wxpaytest.PublicKeyID)
	for name, block := range map[string]*pem.Block{"KEY": {Type: "PRIVATE KEY", Bytes: private}, "PUB": {Type: "PUBLIC KEY", Bytes: public}} {
		file := filepath.Join(dir, name+".pem")
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+file)
	}
	for _, phase := range []string{"before", "after"} {
		c := exec.CommandContext(ctx, "node", "testdata/node.cjs", phase)
		c.Env = env
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", phase, err, out)
		}
		if phase == "before" {
			srv.Pay("N0000001")
		}
	}
}
