// Starts the language server and lets VS Code talk with it. Everything else is the server's.
"use strict";

const vscode = require("vscode");
const { LanguageClient, RevealOutputChannelOn, State } = require("vscode-languageclient/node");

const FILES = ["**/kommun.yaml", "**/profil.yaml", "**/{insatser,riskanalyser,beslut}/*.yaml"];
const START_AGAIN = "Starta om";

let client;
let home; // where the program is started: a folder that is nobody else's, as Windows looks there first

/** The server as the user's own settings start it; a folder's settings cannot say what is run. */
function command() {
  const [program, ...args] = vscode.workspace.getConfiguration("insatskoll").get("kommando");
  return { command: program, args, options: { cwd: home } };
}

async function start() {
  client = new LanguageClient("insatskoll", "Insatskoll", command(), {
    documentSelector: FILES.map((pattern) => ({ scheme: "file", pattern })),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  });
  try {
    await client.start();
  } catch {
    const told =
      "Insatskoll gick inte att starta. Kör pip install 'insatskoll[lsp]', och ange var programmet " +
      "finns i inställningen insatskoll.kommando om det inte ligger i sökvägen.";
    if ((await vscode.window.showErrorMessage(told, START_AGAIN)) === START_AGAIN) {
      await startAgain();
    }
  }
}

async function startAgain() {
  if (client && client.state === State.Running) {
    await client.stop();
  }
  await start();
}

exports.activate = async (context) => {
  home = context.extensionPath;
  context.subscriptions.push(
    vscode.commands.registerCommand("insatskoll.startaOm", startAgain),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("insatskoll.kommando")) {
        startAgain();
      }
    }),
  );
  await start();
};

exports.deactivate = () => (client && client.state === State.Running ? client.stop() : undefined);
