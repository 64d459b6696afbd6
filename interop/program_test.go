package interop

import (
	"bufio"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// credentials writes the keys of the merchant and of WeChat Pay to a folder, and returns an
// environment with their paths and a client's other settings.
func credentials(t *testing.T, srv *wxpaytest.Server, dir string) []string {
	t.Helper()
	private, err := x509.MarshalPKCS8PrivateKey(merchantKey(srv))
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(srv.Config().PlatformKeys[wxpaytest.PublicKeyID])
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "URL="+srv.URL, "MCHID="+wxpaytest.MchID,
		"SERIAL="+wxpaytest.SerialNo,
		"PUBID="+wxpaytest.PublicKeyID, "V3KEY="+wxpaytest.APIv3Key, "DAY="+today())
	for name, block := range map[string]*pem.Block{
		"KEY": {Type: "PRIVATE KEY", Bytes: private}, "PUB": {Type: "PUBLIC KEY", Bytes: public},
	} {
		file := filepath.Join(dir, name+".pem")
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+file)
	}
	return env
}

// today is the day of the server, in the format of bill_date.
func today() string {
	return time.Now().In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly)
}

// play runs a program that makes calls. Its output has actions for the server: "pay NUMBER" or
// "advance DURATION". It waits for the answer "done" after each, and must end with success.
func play(t *testing.T, srv *wxpaytest.Server, c *exec.Cmd) {
	t.Helper()
	var complaint strings.Builder
	c.Stderr = &complaint
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for lines := bufio.NewScanner(out); lines.Scan(); asked++ {
		if err := act(srv, lines.Text()); err != nil {
			t.Error(err)
		}
		if _, err := io.WriteString(in, "done\n"); err != nil {
			break // the program has ended; Wait returns the reason
		}
	}
	if err := c.Wait(); err != nil || asked == 0 {
		t.Errorf("it asked for %d things: %v: %s", asked, err, complaint.String())
	}
}

func act(srv *wxpaytest.Server, line string) error {
	verb, what, _ := strings.Cut(line, " ")
	switch verb {
	case "pay":
		srv.Pay(what)
		return nil
	case "advance":
		d, err := time.ParseDuration(what)
		srv.Advance(d)
		return err
	}
	return fmt.Errorf("the program prints %q", line)
}
