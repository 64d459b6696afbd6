package wxpay

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
)

const (
	apiV3KeySize = 32
	aeadName     = "AEAD_AES_256_GCM"
)

// errNoAPIv3Key says that decryption was asked of a client that was made without the key for it.
var errNoAPIv3Key = errors.New("Config.APIv3Key is empty; it is needed to decrypt")

// sealedBox is a message encrypted with the APIv3 key, as certificates and notifications carry it.
type sealedBox struct {
	Algorithm      string `json:"algorithm"`
	Nonce          string `json:"nonce"`
	AssociatedData string `json:"associated_data"`
	Ciphertext     string `json:"ciphertext"`
}

// newAEAD returns nil for an empty key; the length was checked by Config.
func newAEAD(key string) (cipher.AEAD, error) {
	if key == "" {
		return nil, nil
	}
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// rawBox is a sealedBox whose parts lie in a message.
type rawBox struct {
	algorithm, nonce, associatedData, ciphertext []byte
	present                                      bool
}

func (box *sealedBox) raw() rawBox {
	return rawBox{[]byte(box.Algorithm), []byte(box.Nonce), []byte(box.AssociatedData), []byte(box.Ciphertext), true}
}

// openBox decrypts box with the APIv3 key. Its errors never hold what was encrypted.
func (c *Client) openBox(box *sealedBox) ([]byte, error) { return c.openRaw(box.raw()) }

func (c *Client) openRaw(box rawBox) ([]byte, error) {
	if c.aead == nil {
		return nil, errNoAPIv3Key
	}
	if string(box.algorithm) != aeadName {
		return nil, fmt.Errorf("algorithm %.32q; want %s", box.algorithm, aeadName)
	}
	if n := len(box.nonce); n != c.aead.NonceSize() { // Open would panic
		return nil, fmt.Errorf("nonce of %d bytes; want %d", n, c.aead.NonceSize())
	}
	data := make([]byte, base64.StdEncoding.DecodedLen(len(box.ciphertext)))
	n, err := base64.StdEncoding.Decode(data, box.ciphertext)
	if err != nil {
		return nil, errors.New("ciphertext is not base64")
	}
	clear, err := c.aead.Open(data[:0], box.nonce, data[:n], box.associatedData)
	if err != nil {
		return nil, errors.New("ciphertext does not authenticate; is APIv3Key this merchant's current key?")
	}
	return clear, nil
}
