package judge

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// digest compares the hash in an upload's meta with the file.
func digest(m *Message) *refuse.Error {
	if m.Operation.BodyKind != desc.Upload || m.File == nil {
		return nil
	}
	meta := m.Operation.Body.Field("meta").Schema
	for _, f := range meta.Fields {
		said, _ := m.Body[f.Name].(string)
		at := place{"body", "/meta/" + f.Name, f.Label}
		switch {
		case f.Schema.File == "" || said == "":
			continue
		case f.Schema.File == "name" && said != m.File.Name:
			return at.breaks("文件", clip(said), "the name is not that of the file: "+
				clip(m.File.Name), "文件名与上传的文件不一致")
		}
		if sum := hash(f.Schema.File, m.File.Content); sum != "" && !strings.EqualFold(sum, said) {
			return at.breaks("文件", clip(said), "the digest is not that of the file: "+sum,
				"摘要与上传的文件不一致")
		}
	}
	return nil
}

func hash(name string, content []byte) string {
	switch name {
	case "sha256":
		sum := sha256.Sum256(content)
		return hex.EncodeToString(sum[:])
	case "sm3":
		sum := sm3(content)
		return hex.EncodeToString(sum[:])
	}
	return ""
}
