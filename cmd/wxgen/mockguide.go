package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

// welcome prints the server's address, its accounts, and the settings of clients.
func (m *mockServer) welcome(w io.Writer, address, dir string, ring *keys.Ring, made bool) {
	if m.quiet {
		fmt.Fprintf(w, "http://%s\n", address)
		return
	}
	what := "test credentials of"
	if made {
		what = "made test credentials in"
	}
	fmt.Fprintf(w, "wxgen: WeChat Pay for tests at http://%s; %s %s\n\n", address, what, dir)
	for _, a := range ring.Accounts {
		mode := "public key"
		if a.Certificates {
			mode = "platform certificate"
		}
		fmt.Fprintf(w, "  %-8s %-10s serial %s, %s\n", a.Role, a.ID, a.SerialNo, mode)
	}
	fmt.Fprint(w, clients(address, dir, ring), "\nThen: wxgen mock pay NUMBER, wxgen mock clock "+
		"+3h, wxgen mock --help. Ctrl-C ends the server.\n")
}

// clients is the text about the settings of clients.
func clients(address, dir string, ring *keys.Ring) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs // file:// needs it, and copied commands then work in every folder
	}
	a := ring.Accounts[0]
	path := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	return strings.NewReplacer(
		"$URL", "http://"+address, "$HOST", address, "$MCHID", a.ID, "$SERIAL", a.SerialNo,
		"$V3KEY", a.APIv3Key, "$PUBID", ring.Public.Serial,
		"$KEY", path(a.Folder()+"/apiclient_key.pem"), "$PUB", path("platform/pub_key.pem"),
	).Replace(guide)
}

// guide shows the settings for clients of several languages.
const guide = `
Go (this project):
  key, err := wxpay.LoadPrivateKey("$KEY")
  pub, err := wxpay.LoadPublicKey("$PUB")
  client, err := wechatpay.New(wxpay.Config{MchID: "$MCHID", SerialNo: "$SERIAL", PrivateKey: key,
    APIv3Key: "$V3KEY", PlatformKeys: wxpay.PlatformKeys{"$PUBID": pub}},
    wxpay.WithBaseURL("$URL"))

Go (wechatpay-go): option.WithWechatPayPublicKeyAuthCipher("$MCHID", "$SERIAL", key, "$PUBID", pub)
  and option.WithHTTPClient(&http.Client{Transport: t}), whose t sends to $HOST over http
Java (wechatpay-java): new RSAPublicKeyConfig.Builder() with the values above, and an HttpClient whose OkHttp interceptor does so
PHP (wechatpay/wechatpay): Builder::factory(['mchid' => '$MCHID', 'serial' => '$SERIAL', 'privateKey' => Rsa::from('file://$KEY'),
  'certs' => ['$PUBID' => Rsa::from('file://$PUB', Rsa::KEY_TYPE_PUBLIC)], 'base_uri' => '$URL/'])
Node (wechatpay-axios-plugin): new Wechatpay({mchid: '$MCHID', serial: '$SERIAL', privateKey: readFileSync('$KEY'),
  certs: {'$PUBID': readFileSync('$PUB')}, baseURL: '$URL/'})
curl:
  T=$(date +%s); N=$(openssl rand -hex 16); U=/v3/certificates
  S=$(printf 'GET\n%s\n%s\n%s\n\n' $U $T $N | openssl dgst -sha256 -sign $KEY | openssl base64 -A)
  curl -H "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\"$MCHID\",nonce_str=\"$N\",timestamp=\"$T\",serial_no=\"$SERIAL\",signature=\"$S\"" \
    -H 'Accept: application/json' $URL$U
`
