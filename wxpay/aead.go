package wxpay

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

const (
	apiV3KeySize = 32
	aeadName     = "AEAD_AES_256_GCM"
)

// errNoAPIv3Key is the error of a decryption by a client without an APIv3 key.
var errNoAPIv3Key = errors.New("Config.APIv3Key is empty; it is needed to decrypt")

// sealedBox is a message encrypted with the APIv3 key. Certificates and notifications carry it.
type sealedBox struct {
	Algorithm      wire.RawText `json:"algorithm"`
	Nonce          wire.RawText `json:"nonce"`
	AssociatedData wire.RawText `json:"associated_data"`
	Ciphertext     wire.RawText `json:"ciphertext"`
}

// newBlock returns nil for an empty key; the length was checked by Config.
func newBlock(key string) (cipher.Block, error) {
	if key == "" {
		return nil, nil
	}
	return aes.NewCipher([]byte(key))
}

// lazyAEAD makes its cipher when it is first needed, so that only programs that decrypt link it.
type lazyAEAD struct {
	block cipher.Block // nil without an APIv3 key
	once  sync.Once
	aead  cipher.AEAD
	err   error
}

func (l *lazyAEAD) get() (cipher.AEAD, error) {
	if l.block == nil {
		return nil, errNoAPIv3Key
	}
	l.once.Do(func() { l.aead, l.err = cipher.NewGCM(l.block) })
	return l.aead, l.err
}

// open decrypts box with the APIv3 key. Its errors never hold the content.
func (l *lazyAEAD) open(box *sealedBox) ([]byte, error) {
	aead, err := l.get()
	if err != nil {
		return nil, err
	}
	if string(box.Algorithm) != aeadName {
		return nil, fmt.Errorf("algorithm %.32q; want %s", box.Algorithm, aeadName)
	}
	if n := len(box.Nonce); n != aead.NonceSize() { // Open would panic
		return nil, fmt.Errorf("nonce of %d bytes; want %d", n, aead.NonceSize())
	}
	data := make([]byte, base64.StdEncoding.DecodedLen(len(box.Ciphertext)))
	n, err := base64.StdEncoding.Decode(data, box.Ciphertext)
	if err != nil {
		return nil, errors.New("ciphertext is not base64")
	}
	clear, err := aead.Open(data[:0], box.Nonce, data[:n], box.AssociatedData)
	if err != nil {
		return nil, errors.New("ciphertext does not authenticate; is APIv3Key this merchant's " +
			"current key?")
	}
	return clear, nil
}
