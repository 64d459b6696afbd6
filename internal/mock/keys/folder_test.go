package keys_test

import (
	"crypto/rsa"
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "mock")
	first, made, err := keys.Open(dir)
	if err != nil || !made {
		t.Fatalf("%v, made %v", err, made)
	}
	second, made, err := keys.Open(dir)
	if err != nil || made {
		t.Fatalf("%v, made %v", err, made)
	}
	for i, a := range first.Accounts {
		b := second.Accounts[i]
		if a.ID != b.ID || a.SerialNo != b.SerialNo || a.APIv3Key != b.APIv3Key ||
			!a.Key.(*rsa.PrivateKey).Equal(b.Key) || a.Certificates != b.Certificates {
			t.Errorf("%s comes back as %+v", a.ID, b)
		}
		if !strings.Contains(a.Certificate.Subject.String(), "test") {
			t.Errorf("the subject of %s does not say test: %s", a.ID, a.Certificate.Subject)
		}
		if err := a.Certificate.CheckSignature(x509.SHA256WithRSA, a.Certificate.RawTBSCertificate,
			a.Certificate.Signature); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(filepath.Join(dir, a.Folder(), "apiclient_key.pem")); err != nil ||
			info.Mode().Perm() != 0o600 {
			t.Errorf("the key of %s: %v, %v; want it readable by its owner alone", a.ID, info, err)
		}
	}
	more, err := keys.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	second.AddCertificate(more)
	if err := second.Save(dir); err != nil {
		t.Fatal(err)
	}
	third, _, err := keys.Open(dir)
	if err != nil || len(third.Certificates()) != 2 ||
		third.Certificates()[1].Serial != more.Serial {
		t.Errorf("%v, %d certificates", err, len(third.Certificates()))
	}
}

func TestFolderFaults(t *testing.T) {
	for content, want := range map[string]string{
		`{`: "are damaged; remove the folder",
		`{"version":7}`: "are of version 7, and this wxgen knows 1; remove " +
			"the folder",
		`{"version":1}`:                "hold a key that is no PEM; remove the folder",
		`{"version":1,"accounts":"x"}`: "are damaged",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "credentials.json"), []byte(content),
			0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := keys.Open(dir)
		if err == nil || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v; want one line with %q", content, err, want)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := keys.Open(filepath.Join(file, "below")); err == nil ||
		!strings.Contains(err.Error(), "--dir") {
		t.Errorf("%v; want the mend", err)
	}
}

func TestSealAndBox(t *testing.T) {
	key, err := keys.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := keys.Seal(&key.PublicKey, "张三")
	if err != nil {
		t.Fatal(err)
	}
	if clear, err := keys.Unseal(key, sealed); err != nil || clear != "张三" {
		t.Errorf("%q, %v", clear, err)
	}
	for _, bad := range []string{"", "张三", "AAAA", strings.Repeat("A", 344)} {
		if _, err := keys.Unseal(key, bad); err == nil {
			t.Errorf("%q opens", bad)
		}
	}
}
