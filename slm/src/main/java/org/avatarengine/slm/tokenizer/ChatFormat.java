package org.avatarengine.slm.tokenizer;

import java.util.List;

/** The chat template of a model: how the turns of a chat are separated. */
public enum ChatFormat {
    /** {@code <|im_start|>role\n…<|im_end|>\n}: Qwen, SmolLM, and the models of this program. */
    CHATML("<|im_start|>", "\n", "<|im_end|>", "\n"),
    /** {@code <|start_header_id|>role<|end_header_id|>\n\n…<|eot_id|>}: Llama 3. */
    LLAMA3("<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>", ""),
    /** {@code role: …</s>\n}: models without roles; the end token is their own. */
    PLAIN("", ": ", "", "\n");

    /** The special tokens of this program's models; the first ends a text. */
    public static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    /** The template that goes with {@link #CHATML}, in the language of Hugging Face's {@code tokenizer_config.json}. */
    public static final String TEMPLATE = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' +"
            + " message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}"
            + "{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private final String before;
    private final String afterRole;
    private final String end;
    private final String afterEnd;

    ChatFormat(String before, String afterRole, String end, String afterEnd) {
        this.before = before;
        this.afterRole = afterRole;
        this.end = end;
        this.afterEnd = afterEnd;
    }

    /** The format whose special tokens a tokenizer has. */
    public static ChatFormat of(TextTokenizer tokenizer) {
        if (tokenizer.special("<|im_start|>") >= 0) {
            return CHATML;
        }
        return tokenizer.special("<|start_header_id|>") >= 0 ? LLAMA3 : PLAIN;
    }

    /** The text before a turn. */
    public String opening(String role) {
        return before + role + afterRole;
    }

    /** The text that ends a turn. The model generates it at the end of its reply. */
    public String end(TextTokenizer tokenizer) {
        if (this != PLAIN) {
            return end;
        }
        for (String token : List.of("</s>", "<|endoftext|>", "<|end_of_text|>")) {
            if (tokenizer.special(token) >= 0) {
                return token;
            }
        }
        return "";
    }

    /** The text between the end of a turn and the next turn. */
    public String afterEnd() {
        return afterEnd;
    }
}
