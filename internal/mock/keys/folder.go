package keys

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The files of a folder of credentials.
const (
	mainFile = "credentials.json"
	version  = 1
)

// saved is the content of the main file.
type saved struct {
	Version  int            `json:"version"`
	Notice   string         `json:"notice"`
	Accounts []savedAccount `json:"accounts"`
	Public   savedKey       `json:"public_key"`
	Certs    []savedKey     `json:"certificates"`
	Stranger string         `json:"stranger"`
}

type savedAccount struct {
	Role         Role     `json:"role"`
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	AppID        string   `json:"appid"`
	SubMchIDs    []string `json:"sub_mchids,omitempty"`
	Certificates bool     `json:"certificates,omitempty"`
	APIv3Key     string   `json:"apiv3_key"`
	Key          string   `json:"key"`
	Certificate  string   `json:"certificate"`
}

type savedKey struct {
	Serial      string `json:"serial"`
	Key         string `json:"key"`
	Certificate string `json:"certificate,omitempty"`
}

// Open reads the credentials of a folder, or makes and stores them.
func Open(dir string) (r *Ring, made bool, err error) {
	text, err := os.ReadFile(filepath.Join(dir, mainFile))
	if errors.Is(err, fs.ErrNotExist) {
		if r, err = Make(); err != nil {
			return nil, false, err
		}
		if err := r.store(dir, false); err != nil {
			return nil, false, err
		}
		text, err = os.ReadFile(filepath.Join(dir, mainFile)) // another process may have been first
		made = true
	}
	if err != nil {
		return nil, false,
			fmt.Errorf("cannot read the credentials in %s: %w; name another folder with --dir", dir,
				reason(err))
	}
	r, err = parse(text)
	if err != nil {
		return nil, false,
			fmt.Errorf("the credentials in %s %w; remove the folder to have new ones made, or "+
				"name another with --dir", dir, err)
	}
	return r, made, nil
}

// Save stores the credentials in a folder again, with added certificates.
func (r *Ring) Save(dir string) error { return r.store(dir, true) }

// store writes the main file last, so that a folder with a main file is complete.
func (r *Ring) store(dir string, again bool) error {
	for name, text := range r.files() {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return unwritable(dir, err)
		}
		if err := os.WriteFile(name, text, 0o600); err != nil {
			return unwritable(dir, err)
		}
	}
	text, err := json.MarshalIndent(r.saved(), "", "  ")
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, "."+mainFile)
	if err != nil {
		return unwritable(dir, err)
	}
	defer os.Remove(temp.Name()) // a failure is fine: the file has been moved
	_, err = temp.Write(text)
	if err := errors.Join(err, temp.Close()); err != nil {
		return unwritable(dir, err)
	}
	final := filepath.Join(dir, mainFile)
	if !again {
		if _, err := os.Lstat(final); err == nil {
			return nil // another process was first
		}
	}
	if err := os.Rename(temp.Name(), final); err != nil {
		return unwritable(dir, err)
	}
	return nil
}

func unwritable(dir string, err error) error {
	return fmt.Errorf("cannot write the credentials to %s: %w; make it writable, or name another "+
		"folder with --dir", dir, reason(err))
}

// reason is an error without the name of the file, which the message already has.
func reason(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

const notice = "test credentials of wxgen mock; they are worth nothing anywhere else"

// files are the credentials in the forms of the SDKs.
func (r *Ring) files() map[string][]byte {
	out := map[string][]byte{
		"README.txt":           []byte("These are " + notice + ".\n"),
		"platform/pub_key.pem": publicPEM(Public(r.Public.Key)),
	}
	for _, a := range r.Accounts {
		dir := a.Folder() + "/"
		out[dir+"apiclient_key.pem"], out[dir+"apiclient_cert.pem"] = keyPEM(a.Key),
			certPEM(a.Certificate)
		out[dir+"apiv3_key.txt"] = []byte(a.APIv3Key)
	}
	for _, k := range r.Certificates() {
		out["platform/wechatpay_"+k.Serial+".pem"] = certPEM(k.Certificate)
	}
	return out
}

// Folder is the name of an account's folder.
func (a *Account) Folder() string { return string(a.Role) + "-" + a.ID }

func (r *Ring) saved() saved {
	s := saved{
		Version: version, Notice: notice, Stranger: string(keyPEM(r.Stranger)),
		Public: savedKey{Serial: r.Public.Serial, Key: string(keyPEM(r.Public.Key))},
	}
	for _, a := range r.Accounts {
		s.Accounts = append(s.Accounts, savedAccount{
			a.Role, a.ID, a.Name, a.AppID, a.SubMchIDs, a.Certificates, a.APIv3Key,
			string(keyPEM(a.Key)), string(certPEM(a.Certificate)),
		})
	}
	for _, k := range r.Certificates() {
		s.Certs = append(s.Certs,
			savedKey{k.Serial, string(keyPEM(k.Key)), string(certPEM(k.Certificate))})
	}
	return s
}

// parse reads the main file. Its errors continue "the credentials in DIR".
func parse(text []byte) (*Ring, error) {
	var s saved
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, errors.New("are damaged")
	}
	if s.Version != version {
		return nil, fmt.Errorf("are of version %d, and this wxgen knows %d", s.Version, version)
	}
	r, err := &Ring{Public: &PlatformKey{Serial: s.Public.Serial}}, error(nil)
	if r.Public.Key, err = parseKey(s.Public.Key); err != nil {
		return nil, err
	}
	if r.Stranger, err = parseKey(s.Stranger); err != nil {
		return nil, err
	}
	for _, from := range s.Accounts {
		a := &Account{
			Role: from.Role, ID: from.ID, Name: from.Name, AppID: from.AppID,
			SubMchIDs: from.SubMchIDs, Certificates: from.Certificates,
			APIv3Key: from.APIv3Key,
		}
		if a.Key, err = parseKey(from.Key); err != nil {
			return nil, err
		}
		if a.Certificate, err = parseCert(from.Certificate); err != nil {
			return nil, err
		}
		if len(a.APIv3Key) != 32 || a.ID == "" {
			return nil, errors.New("are damaged")
		}
		a.SerialNo = Serial(a.Certificate)
		r.Accounts = append(r.Accounts, a)
	}
	if len(r.Accounts) == 0 || len(s.Certs) == 0 {
		return nil, errors.New("are incomplete")
	}
	for _, from := range s.Certs {
		k := &PlatformKey{Serial: from.Serial}
		if k.Key, err = parseKey(from.Key); err != nil {
			return nil, err
		}
		if k.Certificate, err = parseCert(from.Certificate); err != nil {
			return nil, err
		}
		r.AddCertificate(k)
	}
	return r, nil
}

func keyPEM(key Key) []byte {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err) // the RSA key is valid
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func publicPEM(key *rsa.PublicKey) []byte {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic(err) // the RSA key is valid
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

func certPEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

func parseKey(text string) (Key, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("hold a key that is no PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("hold a key that is damaged")
	}
	if k, ok := key.(*rsa.PrivateKey); ok {
		return k, nil
	}
	return nil, errors.New("hold a key that is not of RSA")
}

func parseCert(text string) (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("hold a certificate that is no PEM")
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil || !strings.Contains(c.Subject.String(), "test") {
		return nil, errors.New("hold a certificate that is not of a test")
	}
	return c, nil
}
