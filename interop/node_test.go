package interop

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// nodePlugin is the client under test.
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
	install := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund",
		"--ignore-scripts", "--prefix", dir, nodePlugin)
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("npm cannot install %s: %v: %s", nodePlugin, err, out)
	}
	srv := wxpaytest.New(t)
	c := exec.CommandContext(ctx, "node", "testdata/node.cjs")
	c.Env = append(credentials(t, srv, dir), "NODE_PATH="+filepath.Join(dir, "node_modules"))
	play(t, srv, c)
	covers(t, srv)
}
